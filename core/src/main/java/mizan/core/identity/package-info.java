/// Names for things that never collide and sort by age.
///
/// Start with [mizan.core.identity.SortableId].
@org.jspecify.annotations.NullMarked
package mizan.core.identity;
