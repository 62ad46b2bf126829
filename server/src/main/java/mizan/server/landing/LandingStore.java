package mizan.server.landing;

import java.util.List;
import mizan.core.campaign.CreativeId;

/// Where looks at landing pages are kept.
public interface LandingStore extends AutoCloseable {
    /// Nothing is kept.
    LandingStore NONE = new LandingStore() {
        @Override
        public List<LandingPage> all() {
            return List.of();
        }

        @Override
        public void put(LandingPage page) {}

        @Override
        public void remove(CreativeId creative) {}

        @Override
        public void close() {}
    };

    List<LandingPage> all();

    void put(LandingPage page);

    void remove(CreativeId creative);

    @Override
    void close();
}
