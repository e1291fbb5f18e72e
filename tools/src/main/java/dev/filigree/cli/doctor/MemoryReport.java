package dev.filigree.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * Memory, in bytes. Networks and data live outside the Java heap and may fill what the machine or its container
 * has.
 *
 * @param physical of the machine or of the container's limit
 * @param free of that, not in use by anyone; the file cache counts as in use
 * @param heapLimit largest size of the Java heap
 */
public record MemoryReport(long physical, long free, long heapLimit) {
    /** Reports this machine's. */
    public static MemoryReport current() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new MemoryReport(system.getTotalMemorySize(), system.getFreeMemorySize(),
                Runtime.getRuntime().maxMemory());
    }
}
