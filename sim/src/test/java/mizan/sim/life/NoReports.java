package mizan.sim.life;

import java.lang.reflect.Proxy;
import mizan.server.reporting.Reports;

/// The simulation asks the ledger itself; a report asked for by the engine would be a surprise.
final class NoReports {
    private NoReports() {}

    static Reports reports() {
        return (Reports) Proxy.newProxyInstance(
                NoReports.class.getClassLoader(), new Class<?>[] {Reports.class}, (_, method, _) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
