package mizan.sim.booking;

import mizan.server.booking.BookStore;
import mizan.sim.store.MemoryBookStore;

final class MemoryBookingTest extends BookingContract {
    @Override
    BookStore empty() {
        return new MemoryBookStore();
    }

    @Override
    BookStore reopened(BookStore store) {
        return store;
    }
}
