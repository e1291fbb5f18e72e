package dev.filigree;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Guards which room may use which: dependencies run one way. */
class ArchitectureTest {
    private static final JavaClasses FILIGREE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.filigree");

    private static final String[] TOOLS = {"dev.filigree.cli..", "dev.filigree.experiment..", "dev.filigree.bench..",
            "dev.filigree.plot..", "dev.filigree.analysis.."};
    private static final String DATASETS = "dev.filigree.datasets..";
    private static final String OPENBLAS = "dev.filigree.openblas..";
    private static final String[] ABOVE_THE_ENGINE = concat(TOOLS, DATASETS, OPENBLAS);

    /** A package and the packages of Filigree it may use beside itself. */
    record Room(String name, List<String> mayUse) {
        Room(String name, String... mayUse) {
            this(name, List.of(mayUse));
        }
    }

    static Stream<Room> rooms() {
        return Stream.of(new Room("memory"), new Room("random"), new Room("parallel", "memory"),
                new Room("topology", "memory", "random", "parallel", "dense"),
                new Room("kernel", "memory", "parallel", "topology"),
                new Room("dense", "memory"), new Room("assignment", "memory", "parallel", "kernel"),
                new Room("distance", "topology", "assignment", "random", "parallel", "memory"),
                new Room("io", "topology", "memory"), new Room("analysis"), new Room("plot", "io", "analysis"),
                new Room("cli.text"), new Room("cli.files", "io"),
                new Room("cli.experiment.report", "cli.files", "plot", "io"),
                new Room("datasets.file", "datasets", "io", "memory"), new Room("bench.roof", "memory", "parallel"),
                new Room("bench.growth", "topology", "assignment", "distance", "parallel"),
                new Room("bench", "memory", "topology", "kernel", "dense", "network", "assignment", "distance",
                        "parallel"),
                new Room("cli.workloads", "cli.run", "cli.text", "datasets", "training", "evolution", "network",
                        "kernel", "topology", "random", "parallel", "memory"));
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void roomUsesOnlyTheRoomsBelowIt(Room room) {
        String[] allowed = Stream.concat(Stream.of(room.name()), room.mayUse().stream())
                .map(name -> "dev.filigree." + name + "..").toArray(String[]::new);
        noClasses().that().resideInAPackage("dev.filigree." + room.name() + "..").should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("dev.filigree..")
                        .and(JavaClass.Predicates.resideOutsideOfPackages(allowed)))
                .allowEmptyShould(true).check(FILIGREE);
    }

    @Test
    void engineRoomsFormNoCycle() {
        slices().matching("dev.filigree.(*)..").should().beFreeOfCycles().check(FILIGREE);
    }

    @Test
    void engineUsesNoOtherModule() {
        noClasses().that().resideOutsideOfPackages(ABOVE_THE_ENGINE).should().dependOnClassesThat()
                .resideInAnyPackage(ABOVE_THE_ENGINE).check(FILIGREE);
    }

    @Test
    void engineUsesNoLibraryButAgronaAndSlf4j() {
        classes().that().resideOutsideOfPackages(ABOVE_THE_ENGINE).should().onlyDependOnClassesThat()
                .resideInAnyPackage("dev.filigree..", "java..", "javax..", "jdk..", "com.sun.management..",
                        "org.agrona..", "org.slf4j..", "org.jspecify..")
                .check(FILIGREE);
    }

    @Test
    void datasetsUseTheEngineAlone() {
        noClasses().that().resideInAPackage(DATASETS).should().dependOnClassesThat()
                .resideInAnyPackage(concat(TOOLS, OPENBLAS)).allowEmptyShould(true).check(FILIGREE);
    }

    @Test
    void openBlasUsesOnlyMemoryAndDense() {
        noClasses().that().resideInAPackage(OPENBLAS).should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("dev.filigree..").and(JavaClass.Predicates
                        .resideOutsideOfPackages(OPENBLAS, "dev.filigree.memory..", "dev.filigree.dense..")))
                .check(FILIGREE);
    }

    @Test
    void nobodyNamesOpenBlas() {
        noClasses().that().resideOutsideOfPackage(OPENBLAS).should().dependOnClassesThat().resideInAPackage(OPENBLAS)
                .check(FILIGREE);
    }

    @Test
    void onlyOpenBlasUsesJavaCpp() {
        noClasses().that().resideOutsideOfPackage(OPENBLAS).should().dependOnClassesThat()
                .resideInAPackage("org.bytedeco..").check(FILIGREE);
    }

    @Test
    void onlyVectorKernelsProbesAndDoctorUseTheVectorApi() {
        noClasses().that().resideOutsideOfPackages("dev.filigree.kernel.vector..", "dev.filigree.bench.roof..",
                "dev.filigree.cli.doctor..").should()
                .dependOnClassesThat().resideInAPackage("jdk.incubator.vector..").check(FILIGREE);
    }

    @Test
    void onlyMemoryAndKernelsStretchMemorySegments() {
        noClasses().that().resideOutsideOfPackages("dev.filigree.memory..", "dev.filigree.kernel..").should()
                .callMethodWhere(target(owner(JavaClass.Predicates.type(MemorySegment.class)))
                        .and(target(name("reinterpret"))))
                .check(FILIGREE);
    }

    private static String[] concat(String[] packages, String... more) {
        return Stream.concat(Stream.of(packages), Stream.of(more)).toArray(String[]::new);
    }
}
