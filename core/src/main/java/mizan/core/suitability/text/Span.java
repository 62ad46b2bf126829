package mizan.core.suitability.text;

/// Where in a post's text something stands: `[start, end)`, in UTF-16 chars of the text as it was sent.
public record Span(int start, int end) {
    public Span {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("a span begins before it ends: " + start + ", " + end);
        }
    }
}
