-- What is asked again and again concerns very little of a long history: jobs that have not ended, recovery points that
-- have not expired. So that comes first in its index.

DROP INDEX job_of_kind;
CREATE INDEX job_of_kind ON job (status, operation, queued_time DESC, id DESC);

DROP INDEX recovery_point_expiry;
CREATE INDEX recovery_point_expiry ON recovery_point (expired_time, expiry_time);
