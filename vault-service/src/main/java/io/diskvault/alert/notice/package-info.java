/// How people and programs learn of alerts without looking: by e-mail and by a webhook.
///
/// What is to be sent is written down in the same transaction as the position among the events, so that each change
/// of an alert is told whatever crashes, and a replay of projections tells nothing. It is sent later, by threads of
/// its own, again and again until the receiver has it: whoever receives may get a notice twice, and never in a wrong
/// order about one alert.
@NullMarked
package io.diskvault.alert.notice;

import org.jspecify.annotations.NullMarked;
