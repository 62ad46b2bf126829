package mizan.server.reconciliation;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A column of a file of counts, by the names that ad servers and spreadsheets give it, in English and Arabic.
enum Column {
    DAY("day", "date", "اليوم", "التاريخ", "يوم", "تاريخ"),
    CAMPAIGN("campaign", "campaign id", "campaign name", "الحملة", "حملة", "اسم الحملة", "معرف الحملة"),
    AD_GROUP(
            "ad group",
            "adgroup",
            "ad group id",
            "ad group name",
            "line item",
            "المجموعة الإعلانية",
            "مجموعة إعلانية",
            "معرف المجموعة الإعلانية"),
    AD("ad", "ad id", "الإعلان", "إعلان", "معرف الإعلان"),
    IMPRESSIONS("impressions", "imps", "impression", "مرات الظهور", "الظهور", "ظهور"),
    CLICKS("clicks", "click", "النقرات", "نقرات"),
    COST("cost", "spend", "amount", "media cost", "التكلفة", "الإنفاق", "المبلغ");

    /// Copied, so it never changes; the type cannot say so.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<String> names;

    Column(String... names) {
        this.names = Set.copyOf(List.of(names).stream().map(Column::plain).toList());
    }

    /// Where each of them stands; the first of two with the same meaning.
    static Map<Column, Integer> of(List<String> head) {
        var found = new EnumMap<Column, Integer>(Column.class);
        for (int i = 0; i < head.size(); i++) {
            var name = plain(head.get(i));
            for (var column : values()) {
                if (column.names.contains(name)) {
                    found.putIfAbsent(column, i);
                }
            }
        }
        return found;
    }

    /// Without case, underscores, what stands in brackets (a currency, mostly), Arabic vowels and forms of the alef.
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT)
                .replaceAll("\\([^)]*\\)", "")
                .replaceAll("[_\\-]", " ")
                .replaceAll("[\\u064B-\\u0652\\u0640]", "")
                .replaceAll("[أإآ]", "ا")
                .strip();
    }
}
