package mizan.server.console.words;

import gg.jte.Content;
import gg.jte.TemplateOutput;

/// A piece of finished markup beside the same words as plain text.
///
/// @param markup trusted HTML: whoever builds one has escaped all data in it
/// @param plain  the same words for places that take no markup: attributes, titles, chart read-outs
public record Html(String markup, String plain) implements Content {
    /// Data that someone typed, isolated so that its direction cannot disturb the words around it.
    public static Html data(String value) {
        return new Html("<bdi>" + escape(value) + "</bdi>", "\u2068" + value + "\u2069");
    }

    /// A figure: left to right, isolated, never broken over two lines.
    public static Html figure(String shown) {
        return new Html("<bdi class=\"num\">" + escape(shown) + "</bdi>", shown);
    }

    /// An identifier or hash, set in the mono face.
    public static Html code(String value) {
        return new Html("<code>" + escape(value) + "</code>", value);
    }

    /// The same words in bold.
    public Html strong() {
        return new Html("<b>" + markup + "</b>", plain);
    }

    /// Escapes text for HTML content and for double- or single-quoted attributes.
    public static String escape(String text) {
        var out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    @Override
    public void writeTo(TemplateOutput output) {
        output.writeContent(markup);
    }

    /// The plain words, so that a piece put where text is expected still reads well.
    @Override
    public String toString() {
        return plain;
    }
}
