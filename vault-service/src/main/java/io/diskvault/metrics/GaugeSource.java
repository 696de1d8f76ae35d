package io.diskvault.metrics;

import java.util.List;

/// A feature's own part of what is measured. Every feature that has something to show brings one.
public interface GaugeSource {
    /// Asked once, at the start.
    List<GaugeFamily> gauges();
}
