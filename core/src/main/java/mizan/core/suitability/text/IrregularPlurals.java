package mizan.core.suitability.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Plurals that no ending tells: Arabic broken plurals and English irregular ones, of words that advertisers
/// tend to exclude.
///
/// A closed list, because the patterns lie: by pattern, سحور (the meal before dawn in Ramadan) would be the
/// plural of سحر (magic).
final class IrregularPlurals {
    /// One singular and its plurals a line; ta marbuta and hamza as people write them, folded on loading.
    private static final String LINES = """
            حرب حروب
            دم دماء
            جريمة جرائم
            قتيل قتلى
            قاتل قتلة
            جريح جرحى
            جرح جروح جراح
            ضحية ضحايا
            جثة جثث
            ميت موتى أموات
            شهيد شهداء
            أسير أسرى
            رهينة رهائن
            قنبلة قنابل
            صاروخ صواريخ
            سلاح أسلحة
            لغم ألغام
            سيف سيوف
            سكين سكاكين
            رصاصة رصاص رصاصات
            مسدس مسدسات
            بندقية بنادق
            مدفع مدافع
            دبابة دبابات
            جيش جيوش
            جندي جنود
            عسكري عساكر
            معركة معارك
            غارة غارات
            هجوم هجمات
            مجزرة مجازر
            مذبحة مذابح
            كارثة كوارث
            زلزال زلازل
            حريق حرائق
            فيضان فيضانات
            حادث حوادث
            حادثة حوادث
            مصيبة مصائب
            أزمة أزمات
            مرض أمراض
            وباء أوبئة
            فيروس فيروسات
            عدو أعداء
            سجن سجون
            سجين سجناء
            لص لصوص
            عصابة عصابات
            مافيا مافيات
            خمر خمور
            سيجارة سجائر
            مخدر مخدرات
            سم سموم
            عاهرة عاهرات
            كافر كفار كفرة
            زنديق زنادقة
            حزب أحزاب
            ثورة ثورات
            انقلاب انقلابات
            مظاهرة مظاهرات
            فضيحة فضائح
            رشوة رشاوى
            ضريبة ضرائب
            لاجئ لاجئين لاجئون
            نازح نازحين نازحون
            طائفة طوائف
            كلب كلاب
            خنزير خنازير
            حمار حمير
            شيطان شياطين
            ساحر سحرة
            كازينو كازينوهات
            رهان رهانات
            قبر قبور
            جنازة جنائز
            مأساة مآسي
            لعنة لعنات
            شتيمة شتائم
            إهانة إهانات
            طفل أطفال
            امرأة نساء
            فيلم أفلام
            صورة صور
            مدمن مدمنين مدمنون
            إرهابي إرهابيين إرهابيون
            متطرف متطرفين متطرفون
            مهاجر مهاجرين مهاجرون
            مشروب مشروبات
            كأس كؤوس
            ذبيحة ذبائح
            عبد عبيد
            وثن أوثان
            صنم أصنام
            قذيفة قذائف
            خنجر خناجر
            قناص قناصة
            كتيبة كتائب
            فصيل فصائل
            مرتزق مرتزقة
            جاسوس جواسيس
            عميل عملاء
            خائن خونة
            خندق خنادق
            حاجز حواجز
            سوط سياط
            قيد قيود
            فخ فخاخ
            مقبرة مقابر
            نعش نعوش
            تابوت توابيت
            محرقة محارق
            جمجمة جماجم
            عظم عظام
            رأس رؤوس
            حبة حبوب
            إبرة إبر
            جرثومة جراثيم
            ورم أورام
            بركان براكين
            إعصار أعاصير
            عاصفة عواصف
            سيل سيول
            فتنة فتن
            خرافة خرافات
            مذهب مذاهب
            دين أديان
            كنيسة كنائس
            مسجد مساجد
            معبد معابد
            عرق أعراق
            دولة دول
            نظام أنظمة
            ملك ملوك
            رئيس رؤساء
            وزير وزراء
            حاكم حكام
            زعيم زعماء
            محكمة محاكم
            حكم أحكام
            قضية قضايا
            بنك بنوك
            قرض قروض
            بنت بنات
            فتاة فتيات
            ولد أولاد
            رجل رجال
            خادم خدم
            ثعبان ثعابين
            عقرب عقارب
            فأر فئران
            جرذ جرذان
            قرد قرود قردة
            كذبة كذبات
            إشاعة إشاعات
            قصة قصص
            man men
            woman women
            child children
            foot feet
            tooth teeth
            mouse mice
            knife knives
            wolf wolves
            thief thieves
            life lives
            wife wives
            crisis crises
            corpse corpses
            """;

    private static final Map<String, List<String>> BY_SINGULAR = load();

    private IrregularPlurals() {}

    /// The folded plurals of a folded word; most words have none here.
    static List<String> of(String folded) {
        return BY_SINGULAR.getOrDefault(folded, List.of());
    }

    private static Map<String, List<String>> load() {
        var plurals = new HashMap<String, List<String>>();
        LINES.lines().forEach(line -> {
            var words = Folding.keyword(line).stream().map(Token::word).toList();
            plurals.merge(words.getFirst(), words.subList(1, words.size()), (a, b) -> {
                var both = new ArrayList<>(a);
                both.addAll(b);
                return List.copyOf(both);
            });
        });
        return Map.copyOf(plurals);
    }
}
