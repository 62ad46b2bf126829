@org.jspecify.annotations.NullMarked
package mizan.server.raters;
