package mizan.sim.store;

import java.lang.reflect.Proxy;
import mizan.server.reporting.Reports;

/// For simulations that ask the ledger itself: a report asked for by the engine would be a surprise.
public final class NoReports {
    private NoReports() {}

    public static Reports reports() {
        return (Reports) Proxy.newProxyInstance(
                NoReports.class.getClassLoader(), new Class<?>[] {Reports.class}, (_, method, _) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
