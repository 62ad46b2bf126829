@org.jspecify.annotations.NullMarked
package mizan.server.reading.pull;
