@org.jspecify.annotations.NullMarked
package mizan.core.desk;
