@org.jspecify.annotations.NullMarked
package mizan.verifier;
