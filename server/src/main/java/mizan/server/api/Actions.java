package mizan.server.api;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import mizan.server.app.Engine;
import mizan.server.http.ApiKeys;
import mizan.server.http.Mode;
import mizan.server.http.Problem;
import mizan.server.http.ProblemCode;
import mizan.server.people.Workspace;

/// What both the API and the pages do: booking, keys and second persons, by the same rules.
public record Actions(Workspace workspace, GuardedBook book, KeyDesk keys, ApprovalRoutes approvals) {
    /// Over these engines.
    public static Actions of(Workspace workspace, ApiKeys keys, Map<Mode, Engine> byMode, InstantSource time) {
        Function<Mode, Engine> engines = mode -> Optional.ofNullable(byMode.get(mode))
                .orElseThrow(
                        () -> Problem.of(ProblemCode.FORBIDDEN, mode.name()).refused());
        var book = new GuardedBook(workspace.approvals());
        return new Actions(
                workspace,
                book,
                new KeyDesk(keys, engines, workspace.approvals(), time),
                new ApprovalRoutes(workspace.approvals(), workspace.audit(), engines, book, keys));
    }
}
