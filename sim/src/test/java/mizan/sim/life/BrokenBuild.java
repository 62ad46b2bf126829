package mizan.sim.life;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.util.Optional;
import java.util.function.Consumer;

/// The product with one line taken out: loads all of it anew and gives one method another body.
///
/// The plants are real breakages of the shipped classes, so a check that catches them would catch the bug.
final class BrokenBuild extends ClassLoader {
    /// Which method is replaced, and by what.
    ///
    /// @param owner binary name of the class
    record Plant(String owner, String method, Consumer<CodeBuilder> body) {}

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
                    .getMethod("play", long.class, boolean.class)
                    .invoke(null, seed, false);
            if (!planted) {
                throw new IllegalStateException(plant.owner() + "." + plant.method() + " was never loaded");
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
            var broken = name.equals(plant.owner()) ? broken(bytes) : bytes;
            return defineClass(name, broken, 0, broken.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] broken(byte[] bytes) {
        var classFile = ClassFile.of();
        return classFile.transformClass(
                classFile.parse(bytes),
                ClassTransform.transformingMethodBodies(
                        m -> m.methodName().equalsString(plant.method()), new Replacement(code -> {
                            planted = true;
                            plant.body().accept(code);
                        })));
    }
}
