/// Stand-ins for the surroundings of the command line: streams, and a server with canned answers.
package io.diskvault.app.testing;
