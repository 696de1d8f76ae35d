/// Jobs: one run of one operation. A job is queued, claimed by a worker under a lease, and ends once.
///
/// An **attempt** is one worker's try at a job. A worker that dies lets its **lease** lapse; the job is queued again
/// and the next attempt has a higher number. Whatever an older attempt still reports is refused (**fencing**), so a
/// worker that only seemed dead can do no harm. An attempt that fails may be followed by a **retry**.
@NullMarked
package io.diskvault.job;

import org.jspecify.annotations.NullMarked;
