/// What is booked, and who changed it: every change is a new version with an author and a reason.
///
/// Start with [mizan.server.booking.Booking].
@org.jspecify.annotations.NullMarked
package mizan.server.booking;
