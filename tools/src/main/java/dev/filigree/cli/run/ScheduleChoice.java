package dev.filigree.cli.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.filigree.training.LearningRate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the learning rate falls, as it is written in options and files: {@code constant}, {@code cosine},
 * {@code linear:0.01}, a straight line down to 0.01 of the rate, or {@code multi-step:30,60x0.1}, which multiplies the
 * rate by 0.1 after epoch 30 and again after epoch 60.
 *
 * @param kind its form
 * @param milestones epochs after which the rate falls, ascending; empty but for {@link Kind#MULTI_STEP}
 * @param gamma what the rate is multiplied with at each milestone, above 0; of {@link Kind#LINEAR} at the end, 0 to 1;
 *        else 1
 */
public record ScheduleChoice(Kind kind, List<Double> milestones, double gamma) {
    /** What can be written, for help and errors. */
    public static final String USAGE = "constant, cosine, linear[:END], multi-step:E1,E2,…[xGAMMA]";

    /** What the rate is multiplied with at a milestone if nothing is written. */
    private static final double DEFAULT_GAMMA = 0.1;

    private static final String LINEAR = "linear";

    private static final Pattern MULTI_STEP = Pattern.compile("multi-step:([0-9.]+(?:,[0-9.]+)*)(?:x([0-9.eE+-]+))?");

    /** The names. */
    public enum Kind {
        /** Always the same. */
        CONSTANT,
        /** Half a cosine, down to 0 at the end. */
        COSINE,
        /** A straight line. */
        LINEAR,
        /** In steps. */
        MULTI_STEP;

        @Override
        public String toString() {
            return KebabCase.of(this);
        }
    }

    /** Copies the list. */
    public ScheduleChoice {
        milestones = List.copyOf(milestones);
    }

    /**
     * Reads a schedule.
     *
     * @throws IllegalArgumentException if it is none of {@link #USAGE}
     */
    @JsonCreator
    public static ScheduleChoice parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.equals("constant")) {
            return new ScheduleChoice(Kind.CONSTANT, List.of(), 1);
        }
        if (lower.equals("cosine")) {
            return new ScheduleChoice(Kind.COSINE, List.of(), 1);
        }
        if (lower.equals(LINEAR) || lower.startsWith(LINEAR + ":")) {
            return new ScheduleChoice(Kind.LINEAR, List.of(), end(lower, text));
        }
        Matcher matcher = MULTI_STEP.matcher(lower);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected one of %s but was '%s'".formatted(USAGE, text));
        }
        List<Double> milestones;
        double gamma;
        try {
            milestones = Arrays.stream(matcher.group(1).split(",")).map(Double::valueOf).toList();
            gamma = matcher.group(2) == null ? DEFAULT_GAMMA : Double.parseDouble(matcher.group(2));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected numbers, as in multi-step:30,60x0.1, but was '%s'"
                    .formatted(text), e);
        }
        for (int i = 1; i < milestones.size(); i++) {
            if (milestones.get(i) <= milestones.get(i - 1)) {
                throw new IllegalArgumentException("expected ascending epochs but was '%s'".formatted(text));
            }
        }
        if (!(gamma > 0) || Double.isInfinite(gamma)) {
            throw new IllegalArgumentException("expected a gamma above 0 but was '%s'".formatted(text));
        }
        return new ScheduleChoice(Kind.MULTI_STEP, milestones, gamma);
    }

    private static double end(String lower, String text) {
        double end;
        try {
            end = lower.equals(LINEAR) ? 0 : Double.parseDouble(lower.substring(LINEAR.length() + 1));
        } catch (NumberFormatException e) {
            end = Double.NaN;
        }
        if (!(end >= 0 && end <= 1)) {
            throw new IllegalArgumentException(
                    "expected the share of the rate at the end, 0 to 1, as in linear:0.01, but was '%s'"
                            .formatted(text));
        }
        return end;
    }

    /**
     * The engine's schedule.
     *
     * @param rate where it begins
     * @param warmup epochs of linear rise from 0, which the schedule then continues from; 0 for none
     */
    public LearningRate learningRate(double rate, double warmup) {
        LearningRate schedule = switch (kind) {
            case CONSTANT -> new LearningRate.Constant(rate);
            case COSINE -> new LearningRate.Cosine(rate);
            case LINEAR -> new LearningRate.Linear(rate, gamma);
            case MULTI_STEP -> new LearningRate.MultiStep(rate, milestones, gamma);
        };
        return warmup > 0 ? new LearningRate.Warmup(warmup, schedule) : schedule;
    }

    @JsonValue
    @Override
    public String toString() {
        return switch (kind) {
            case CONSTANT, COSINE -> kind.toString();
            case LINEAR -> "%s:%s".formatted(kind, shortest(gamma));
            case MULTI_STEP -> milestones.stream().map(ScheduleChoice::shortest).collect(Collectors.joining(",",
                    kind + ":", "x" + shortest(gamma)));
        };
    }

    private static String shortest(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }
}
