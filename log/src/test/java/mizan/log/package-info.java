@org.jspecify.annotations.NullMarked
package mizan.log;
