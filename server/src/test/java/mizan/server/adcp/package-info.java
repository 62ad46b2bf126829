@org.jspecify.annotations.NullMarked
package mizan.server.adcp;
