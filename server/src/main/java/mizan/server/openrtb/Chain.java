package mizan.server.openrtb;

/// Whether a supply chain (SupplyChain 1.0) names everybody who is paid.
///
/// @param complete it says so, and each node names its system and seller
record Chain(boolean complete) {
    /// @param source of the request: the chain stands in it since 2.6, and in its `ext` before
    static Chain of(Sent source) {
        var chain = source.objectOrOld("schain");
        var nodes = chain.objects("nodes");
        return new Chain(chain.flag("complete")
                && !nodes.isEmpty()
                && nodes.stream()
                        .allMatch(
                                n -> n.text("asi").isPresent() && n.text("sid").isPresent()));
    }
}
