package mizan.server.picture.redraw;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Forms of pictures that are read, told by their first bytes: what a sender says it is counts for nothing.
public enum Format {
    PNG("image/png", "png"),
    JPEG("image/jpeg", "jpg"),
    GIF("image/gif", "gif"),
    /// Read and never written.
    WEBP("image/webp", "webp");

    /// First bytes of other things that people send, as ISO 8859-1.
    private static final Map<String, String> OTHERS = others();

    /// What runs in a reader's browser, or on a server that is careless: a picture has no use for it.
    private static final List<String> PROGRAMS = List.of("<script", "<html", "<!doctype", "<?php", "<svg ");

    private final String mediaType;
    private final String suffix;

    Format(String mediaType, String suffix) {
        this.mediaType = mediaType;
        this.suffix = suffix;
    }

    public String mediaType() {
        return mediaType;
    }

    /// Of file names, without the dot.
    public String suffix() {
        return suffix;
    }

    /// By the suffix of a file that we named.
    public static Optional<Format> ofName(String name) {
        return Stream.of(values()).filter(f -> name.endsWith('.' + f.suffix)).findFirst();
    }

    static Optional<Format> of(byte[] sent) {
        var start = start(sent);
        if (start.startsWith("\u0089PNG\r\n\u001a\n")) {
            return Optional.of(PNG);
        }
        if (start.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of(JPEG);
        }
        if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
            return Optional.of(GIF);
        }
        return start.startsWith("RIFF") && start.startsWith("WEBP", 8) ? Optional.of(WEBP) : Optional.empty();
    }

    /// What it is instead, as people call it; a question mark when nobody knows.
    static String other(byte[] sent) {
        var start = start(sent);
        if (start.startsWith("ftyp", 4)) {
            return start.startsWith("avif", 8) ? "AVIF" : start.startsWith("hei", 8) ? "HEIC" : "MP4";
        }
        var text = start.toLowerCase(Locale.ROOT);
        if (text.contains("<svg")) {
            return "SVG";
        }
        if (text.contains("<html") || text.contains("<!doctype html") || text.contains("<script")) {
            return "HTML";
        }
        return OTHERS.entrySet().stream()
                .filter(other -> start.startsWith(other.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("?");
    }

    private static Map<String, String> others() {
        var others = new LinkedHashMap<String, String>();
        others.put("BM", "BMP");
        others.put("II*\0", "TIFF");
        others.put("MM\0*", "TIFF");
        others.put("\0\0\1\0", "ICO");
        others.put("8BPS", "Photoshop");
        others.put("%PDF", "PDF");
        others.put("PK\u0003\u0004", "ZIP");
        others.put("\u00ff\n", "JPEG XL");
        others.put("\0\0\0\fJXL ", "JPEG XL");
        others.put("\u001aE\u00df\u00a3", "WebM");
        others.put("<?xml", "XML");
        return others;
    }

    static boolean holdsAProgram(byte[] sent) {
        var text = new String(sent, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        return PROGRAMS.stream().anyMatch(text::contains);
    }

    private static String start(byte[] sent) {
        return new String(sent, 0, Math.min(sent.length, 512), StandardCharsets.ISO_8859_1);
    }
}
