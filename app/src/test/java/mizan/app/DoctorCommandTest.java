package mizan.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import mizan.server.app.Engine;
import mizan.server.serve.LeaseRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the doctor says of raters elsewhere.
final class DoctorCommandTest {
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f]{64})\"");
    private static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    @TempDir
    private Path folder;

    @Test
    void givenOutsideRaters_whenTheDoctorLooks_thenItSaysWhichOfThemAnswers() throws IOException {
        Engine.embedded(folder, LeaseRules.STANDARD, InstantSource.system(), new SplittableRandom(1))
                .close();
        var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> {
            var question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var id = ID.matcher(question);
            assertTrue(id.find(), question);
            var answer = "{\"version\":\"2026-11\",\"verdicts\":[{\"id\":\"" + id.group(1) + "\",\"tier\":\"SAFE\"}]}";
            exchange.getResponseHeaders().add("content-type", "application/json");
            exchange.sendResponseHeaders(200, answer.length());
            exchange.getResponseBody().write(answer.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        http.start();
        try {
            raters("{\"raters\":[" + rater("ours", http.getAddress().getPort()) + "]}");
            var told = doctor(0);
            assertTrue(told.contains("✓ rater ours: 0 posts wait; version 2026-11 answered in "), told);

            raters("{\"raters\":[" + rater("ours", http.getAddress().getPort()) + "," + rater("gone", 1) + "]}");
            told = doctor(Main.PROBLEM);
            assertTrue(told.contains("✗ rater gone: 0 posts wait; "), told);
            assertTrue(told.contains("1 problems"), told);

            raters("{\"raters\":[{}]}");
            assertTrue(doctor(Main.PROBLEM).contains("✗ outside raters: "));
        } finally {
            http.stop(0);
        }
    }

    private static String rater(String name, int port) {
        return "{\"name\":\"" + name + "\",\"url\":\"http://127.0.0.1:" + port + "/\",\"secret\":\"" + SECRET
                + "\",\"own_network\":true}";
    }

    private void raters(String json) throws IOException {
        var file = folder.resolve("raters.json");
        Files.writeString(file, json);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private String doctor(int expected) {
        var out = System.out;
        var told = new ByteArrayOutputStream();
        System.setOut(new PrintStream(told, true, StandardCharsets.UTF_8));
        try {
            assertEquals(expected, Main.run("doctor", "--folder", folder.toString()));
        } finally {
            System.setOut(out);
        }
        return told.toString(StandardCharsets.UTF_8);
    }
}
