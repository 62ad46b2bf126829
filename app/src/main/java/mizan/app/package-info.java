/// The command line. Start with [mizan.app.Main].
@org.jspecify.annotations.NullMarked
package mizan.app;
