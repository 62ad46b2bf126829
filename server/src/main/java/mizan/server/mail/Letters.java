package mizan.server.mail;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import mizan.server.people.Workspace;

/// Everything that is sent by letter, on a thread of its own until it is closed.
public final class Letters implements AutoCloseable {
    private static final Duration BETWEEN = Duration.ofSeconds(5);
    private final ApprovalLetters approvals;
    private final AccountLetters accounts;
    private final Outgoing outgoing;
    private final List<Runnable> others = new CopyOnWriteArrayList<>();
    private final AtomicBoolean running = new AtomicBoolean(true);

    public Letters(Workspace workspace, Post post, InstantSource time) {
        this.approvals = new ApprovalLetters(workspace, post, time);
        this.accounts = new AccountLetters(workspace, post, time);
        this.outgoing = new Outgoing(post, workspace.store(), time);
    }

    /// Those that tell people of their accounts.
    public AccountLetters accounts() {
        return accounts;
    }

    /// How others send theirs.
    public Outgoing outgoing() {
        return outgoing;
    }

    /// Sends these too, each time that it looks.
    public Letters and(Runnable step) {
        others.add(step);
        return this;
    }

    /// Sends from now on.
    public Letters started() {
        Thread.ofVirtual().name("letters").start(() -> {
            while (running.get()) {
                try {
                    accounts.step();
                    approvals.step();
                    others.forEach(Runnable::run);
                } catch (RuntimeException e) {
                    System.getLogger("mizan").log(System.Logger.Level.ERROR, "letters were not sent", e);
                }
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
        });
        return this;
    }

    @Override
    public void close() {
        running.set(false);
    }
}
