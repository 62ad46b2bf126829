package mizan.server.http;

import java.util.Optional;

/// Room that many share, so that none can use it up for the others: an advertiser may hold as much as is still free
/// (dynamic thresholds: A. K. Choudhury, E. L. Hahne, IEEE/ACM Transactions on Networking 6(2), 1998). However many
/// take
/// all they can, some is left for the next. The platform's own things are bounded by the whole alone.
public final class FairShare {
    private FairShare() {}

    /// Whether there is room for one more.
    ///
    /// @param tenant the advertiser; empty for the platform
    /// @param most   of everybody together
    /// @param all    that everybody holds
    /// @param own    that this one holds
    public static boolean hasRoom(Optional<String> tenant, long most, long all, long own) {
        return tenant.isEmpty() ? all < most : own < most - all;
    }
}
