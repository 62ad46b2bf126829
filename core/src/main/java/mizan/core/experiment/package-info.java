/// Did it help? Experiments that may be looked at every day, and ads that were withheld on purpose.
///
/// [mizan.core.experiment.Split] decides who sees what, [mizan.core.experiment.BudgetSplit] keeps the arms from
/// taking each other's money, [mizan.core.experiment.GhostAds] compares what is comparable, and
/// [mizan.core.experiment.AlwaysValidTest] is the only test here: the usual one, looked at daily, cries wolf in
/// three of ten experiments in which nothing differs.
@org.jspecify.annotations.NullMarked
package mizan.core.experiment;
