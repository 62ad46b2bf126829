package mizan.server.reading;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import mizan.server.http.ProblemCode;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import tools.jackson.databind.node.MissingNode;

/// An element in somebody else's XML. Names are compared without prefix and case, as feeds write them in all
/// ways; whether one belongs to Media RSS is asked where that matters.
///
/// The parser is Java's own with every door shut: a document type is refused, so there are no entities of its
/// own, inside or outside; depth and size are limited.
record XmlPlace(Element element, String path, Findings findings) {
    private static final int MAX_DEPTH = 64;
    private static final String MEDIA = "http://search.yahoo.com/mrss";
    /// RFC 822 with the zones that feeds use; Java's own form of it knows GMT and offsets only.
    private static final DateTimeFormatter RFC_822 =
            DateTimeFormatter.ofPattern("[EEE, ]d MMM yyyy H:mm[:ss] [XXX][XX][zzz]", Locale.ENGLISH);

    static Optional<XmlPlace> parse(byte[] xml, Findings findings) {
        try {
            var builder = factory().newDocumentBuilder();
            builder.setErrorHandler(new Strict());
            int begin = beginning(xml);
            var root = builder.parse(new ByteArrayInputStream(xml, begin, xml.length - begin))
                    .getDocumentElement();
            return Optional.of(new XmlPlace(root, "/" + root.getTagName(), findings));
        } catch (SAXParseException e) {
            findings.refuse(
                    "", ProblemCode.MALFORMED_XML, "line " + e.getLineNumber() + ", column " + e.getColumnNumber());
        } catch (SAXException | IOException _) {
            findings.refuse("", ProblemCode.MALFORMED_XML, "not readable as XML");
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this Java cannot parse XML safely", e);
        }
        return Optional.empty();
    }

    /// Blogs whose themes print empty lines before the declaration are common, and every reader overlooks them.
    private static int beginning(byte[] xml) {
        int at = 0;
        while (at < xml.length && (xml[at] == ' ' || xml[at] == '\t' || xml[at] == '\r' || xml[at] == '\n')) {
            at++;
        }
        return at;
    }

    private static DocumentBuilderFactory factory() throws ParserConfigurationException {
        var factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        factory.setAttribute("jdk.xml.maxElementDepth", Integer.toString(MAX_DEPTH));
        factory.setExpandEntityReferences(false);
        factory.setCoalescing(true);
        return factory;
    }

    /// Java's own prints errors to the console.
    private static final class Strict implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) {}

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }

    /// Lower case, without prefix.
    String name() {
        return name(element);
    }

    private static String name(Element element) {
        var local = element.getLocalName() == null ? element.getTagName() : element.getLocalName();
        return local.toLowerCase(Locale.ROOT);
    }

    boolean isMedia() {
        var space = element.getNamespaceURI();
        return space != null && space.startsWith(MEDIA);
    }

    /// The children of these names, in the order of the document.
    List<XmlPlace> all(String... names) {
        var wanted = List.of(names);
        var found = new ArrayList<XmlPlace>();
        var nth = new HashMap<String, Integer>();
        for (var child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                var tag = inner.getTagName();
                int count = nth.merge(tag, 1, Integer::sum);
                if (wanted.contains(name(inner))) {
                    found.add(new XmlPlace(inner, path + "/" + tag + "[" + count + "]", findings));
                }
            }
        }
        return found;
    }

    Optional<XmlPlace> first(String name) {
        return all(name).stream().findFirst();
    }

    /// The text of the first child with one of these names that has any.
    Optional<String> text(String... names) {
        return all(names).stream().flatMap(c -> c.ownText().stream()).findFirst();
    }

    Optional<String> ownText() {
        return given(element.getTextContent()).filter(t -> !t.isBlank()).map(String::strip);
    }

    Optional<String> attribute(String name) {
        return given(element.getAttribute(name)).map(String::strip).filter(a -> !a.isEmpty());
    }

    private static Optional<String> given(@Nullable String text) {
        return Optional.ofNullable(text);
    }

    /// The nearest `xml:lang`, else RSS's `language`.
    Optional<String> language() {
        return given(element.getAttributeNS(XMLConstants.XML_NS_URI, "lang"))
                .filter(l -> !l.isBlank())
                .or(() -> text("language"));
    }

    /// The words inside: escaped HTML, or tags as they are (`type="xhtml"`).
    HtmlText html() {
        var type = attribute("type").orElse("html");
        return type.equals("text") || type.equals("text/plain")
                ? HtmlText.plain(element.getTextContent())
                : HtmlText.of(element.getTextContent());
    }

    Optional<Instant> time(String... names) {
        for (var child : all(names)) {
            var text = child.ownText().orElse("");
            try {
                return Optional.of(
                        text.length() > 4 && text.charAt(4) == '-'
                                ? OffsetDateTime.parse(text).toInstant()
                                : ZonedDateTime.parse(text, RFC_822).toInstant());
            } catch (DateTimeException _) {
                findings.tolerate(child.path(), "not a time of RFC 3339 or RFC 822");
            }
        }
        return Optional.empty();
    }

    XmlPlace withOwnFindings() {
        return new XmlPlace(element, path, new Findings());
    }

    void refuse(String child, ProblemCode code, String... expected) {
        findings.refuse(path + "/" + child, code, expected);
    }

    /// Where the finder of languages notes what it finds.
    Place noted() {
        return new Place(MissingNode.getInstance(), path, findings);
    }
}
