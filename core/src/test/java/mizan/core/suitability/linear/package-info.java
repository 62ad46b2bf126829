@org.jspecify.annotations.NullMarked
package mizan.core.suitability.linear;
