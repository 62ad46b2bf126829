/// What an advertiser books: advertiser > campaign > ad group > ad, and the creatives, placements and
/// budgets they use.
///
/// Everything here is what somebody *wants*. What is *true* right now is derived: see
/// [mizan.core.campaign.Servability]. Start with [mizan.core.campaign.Book], the whole of it at one
/// revision.
@org.jspecify.annotations.NullMarked
package mizan.core.campaign;
