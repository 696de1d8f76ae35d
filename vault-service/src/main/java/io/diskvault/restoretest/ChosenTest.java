package io.diskvault.restoretest;

import io.diskvault.instance.InstanceId;
import io.diskvault.job.JobId;
import java.time.Instant;
import java.util.Optional;

/// A test that a plan asks for, and why it is this instance's turn.
///
/// @param lastTested when its latest test before was asked for: of those that were not chosen none waited longer
public record ChosenTest(InstanceId instance, String recoveryPoint, JobId job, Optional<Instant> lastTested) {}
