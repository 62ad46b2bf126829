package mizan.server.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import mizan.server.picture.redraw.Redraw;
import mizan.server.picture.redraw.Redrawn;
import mizan.server.picture.redraw.SamplePictures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever a picture does to the helper process, the server gets an answer.
class HelperTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void givenAPicture_whenTheHelperDrawsIt_thenItIsAsIfDrawnHere() {
        var sent = SamplePictures.jpeg(300, 200);
        var here = assertInstanceOf(Redrawn.Picture.class, Redraw.of(sent));
        var there = assertInstanceOf(Redrawn.Picture.class, new Helper().redraw(sent));
        org.junit.jupiter.api.Assertions.assertArrayEquals(here.bytes(), there.bytes());
    }

    @Test
    void givenAPictureThatNeedsMoreMemoryThanThereIs_whenDrawn_thenItIsTooMuchWork() {
        var helper = new Helper(java("-Xmx12m"), LONG);
        assertEquals(Redrawn.Reason.TOO_MUCH_WORK, refused(helper, SamplePictures.png(3_000, 3_000)));
    }

    private static List<String> java(String heap) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                Redraw.class.getName());
    }

    @Test
    void givenAHelperThatHangs_whenItsTimeIsOver_thenItIsEndedAndItIsTooMuchWork() {
        var helper = new Helper(List.of("/bin/sleep", "3600"), Duration.ofMillis(50));
        assertEquals(Redrawn.Reason.TOO_MUCH_WORK, refused(helper, SamplePictures.png(100, 100)));
    }

    @Test
    void givenAHelperInTheHandsOfWhatItRead_whenItAnswersNonsense_thenNothingOfItIsBelieved() {
        for (var program : List.of(
                List.of("/bin/cat"),
                List.of("/bin/true"),
                List.of("/bin/sh", "-c", "head -c 100000000 /dev/zero"),
                List.of("/bin/sh", "-c", "printf '\\000\\003PNG\\177\\377\\377\\377'"))) {
            var helper = new Helper(program, LONG);
            assertEquals(
                    Redrawn.Reason.TOO_MUCH_WORK, refused(helper, SamplePictures.png(100, 100)), program::toString);
        }
    }

    private static Redrawn.Reason refused(Helper helper, byte[] sent) {
        return assertInstanceOf(Redrawn.Refused.class, helper.redraw(sent)).reason();
    }

    @Test
    void givenAConfinedProgram_whenItWritesAFile_thenItCannot(@TempDir Path folder) throws Exception {
        var file = folder.resolve("loot");
        var process = Confined.start(List.of("/bin/sh", "-c", "echo loot > " + file + "; env"));
        var environment = text(process);
        process.waitFor();
        assertTrue(!Files.exists(file) || Files.size(file) == 0, "it wrote " + file);
        assertTrue(!environment.contains("HOME") && !environment.contains("JAVA"), environment);
    }

    @Test
    void givenAConfinedProgram_whereTheSystemAllowsIt_thenItHasNoNetwork() throws Exception {
        assumeTrue(Confined.withoutNetwork(), "this system gives no network namespaces");
        var process = Confined.start(List.of("/bin/cat", "/proc/net/dev"));
        var interfaces =
                text(process).lines().filter(line -> line.contains(":")).toList();
        assertTrue(interfaces.stream().allMatch(line -> line.strip().startsWith("lo:")), interfaces::toString);
    }

    private static String text(Process process) throws IOException {
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
