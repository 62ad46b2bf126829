package mizan.sim.life;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.Optional;
import java.util.function.Consumer;

/// The product with one call taken out: loads all of it anew, and where one class calls a certain method,
/// something else stands.
///
/// The plants are real breakages of the shipped classes, so a check that catches them would catch the bug.
final class BrokenBuild extends ClassLoader {
    /// Which call is taken out, and what stands in its place.
    ///
    /// @param in binary name of the class that calls
    /// @param of simple name of the class whose method is called, as in its file's name
    /// @param method the method that is not called any more; it takes no arguments
    /// @param instead meets the object it would have been called on, and leaves what it would have answered
    record Plant(String in, String of, String method, Consumer<CodeBuilder> instead) {
        boolean isCalledBy(CodeElement element) {
            return element instanceof InvokeInstruction call
                    && call.name().equalsString(method)
                    && call.owner().asInternalName().endsWith("/" + of);
        }
    }

    private final Plant plant;
    private boolean planted;

    BrokenBuild(Plant plant) {
        super(BrokenBuild.class.getClassLoader());
        this.plant = plant;
    }

    /// Plays a seed in the broken build.
    Optional<String> play(long seed) {
        try {
            var played = loadClass(World.class.getName())
                    .getMethod("play", long.class)
                    .invoke(null, seed);
            if (!planted) {
                throw new IllegalStateException(plant.in() + " never called " + plant.method());
            }
            return ((Optional<?>) played).map(String.class::cast);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith("mizan.")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            var loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (var file = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            var bytes = file.readAllBytes();
            var broken = name.equals(plant.in()) ? broken(bytes) : bytes;
            return defineClass(name, broken, 0, broken.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] broken(byte[] bytes) {
        var classFile = ClassFile.of();
        return classFile.transformClass(
                classFile.parse(bytes), ClassTransform.transformingMethodBodies((builder, element) -> {
                    if (plant.isCalledBy(element)) {
                        planted = true;
                        plant.instead().accept(builder.pop());
                    } else {
                        builder.with(element);
                    }
                }));
    }
}
