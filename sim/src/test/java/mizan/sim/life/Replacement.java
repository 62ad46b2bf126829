package mizan.sim.life;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.util.function.Consumer;

/// Drops a method's body and puts another in its place.
record Replacement(Consumer<CodeBuilder> body) implements CodeTransform {
    @Override
    public void accept(CodeBuilder builder, CodeElement element) {}

    @Override
    public void atEnd(CodeBuilder builder) {
        body.accept(builder);
    }
}
