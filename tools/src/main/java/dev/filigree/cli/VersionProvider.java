package dev.filigree.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: Filigree's version, from its jar's manifest, and the JVM's. */
final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = VersionProvider.class.getPackage().getImplementationVersion();
        return new String[]{"filigree " + (version == null ? "(not from a jar)" : version),
                "Java %s (%s), %s %s".formatted(System.getProperty("java.version"), System.getProperty("java.vendor"),
                        System.getProperty("os.name"), System.getProperty("os.arch"))};
    }
}
