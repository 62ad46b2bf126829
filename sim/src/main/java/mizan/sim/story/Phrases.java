package mizan.sim.story;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What people in the story write into the book, in both languages: the book keeps the English words, the
/// Arabic page shows the Arabic ones.
final class Phrases {
    static final String BOOKED = "First booking";
    static final String JOINED = "Joined the boycott: ads stood beside news of violence";
    static final String WAITS = "Waits for proof of where its ads stand";
    static final String BOARD = "Decision of the board after the boycott call";
    static final String RETURNED = "Back with its own terms and a proof of every placement";
    static final String KEPT = "Terms kept for weeks";
    static final String GOAL = "Cost per sale above the goal";
    static final String ELSEWHERE = "Moved its budget elsewhere";
    static final String KEY_BOYCOTT = "Boycott call (key b)";
    static final String KEY_RETURN = "Back after the proof (key r)";

    /// The people who book, in turn.
    static final List<String> BUYERS =
            List.of("Omar Said", "Leila Haddad", "Nour Karam", "Sami Aziz", "Hanan Jaber", "Yusuf Amin");

    private static final Map<String, String> ARABIC = arabic();

    private Phrases() {}

    /// Why advertiser number `i` leaves.
    static String leaving(int i) {
        return List.of(JOINED, WAITS, BOARD).get(i % 3);
    }

    static String buyer(int i) {
        return BUYERS.get(i % BUYERS.size());
    }

    static Optional<String> inArabic(String english) {
        return Optional.ofNullable(ARABIC.get(english));
    }

    private static Map<String, String> arabic() {
        var words = new HashMap<String, String>();
        words.put(BOOKED, "الحجز الأول");
        words.put(JOINED, "انضمام إلى المقاطعة: ظهرت الإعلانات بجوار أخبار عنف");
        words.put(WAITS, "بانتظار إثبات مواضع الإعلانات");
        words.put(BOARD, "قرار مجلس الإدارة بعد الدعوة إلى المقاطعة");
        words.put(RETURNED, "عودة بشروط خاصة وإثبات لكل موضع");
        words.put(KEPT, "الالتزام بالشروط أسابيع متتالية");
        words.put(GOAL, "تكلفة البيع فوق الهدف");
        words.put(ELSEWHERE, "نقل الميزانية إلى جهة أخرى");
        words.put(KEY_BOYCOTT, "دعوة إلى المقاطعة (المفتاح b)");
        words.put(KEY_RETURN, "عودة بعد الإثبات (المفتاح r)");
        words.put("demo", "العرض التجريبي");
        words.put("Omar Said", "عمر سعيد");
        words.put("Leila Haddad", "ليلى حدّاد");
        words.put("Nour Karam", "نور كرم");
        words.put("Sami Aziz", "سامي عزيز");
        words.put("Hanan Jaber", "حنان جابر");
        words.put("Yusuf Amin", "يوسف أمين");
        words.put("electronics", "إلكترونيات");
        words.put("telecom", "اتصالات");
        words.put("travel", "سفر");
        words.put("finance", "خدمات مالية");
        words.put("food", "أغذية");
        words.put("fashion", "أزياء");
        words.put("games", "ألعاب");
        words.put("media", "إعلام");
        words.put("automotive", "سيارات");
        words.put("retail", "تجزئة");
        words.put("bakery", "مخبز");
        words.put("bookshop", "مكتبة");
        words.put("florist", "زهور");
        words.put("gym", "نادٍ رياضي");
        words.put("clinic", "عيادة");
        words.put("cafe", "مقهى");
        words.put("tailor", "خياطة");
        words.put("school", "مدرسة");
        words.put("garage", "ورشة");
        words.put("hotel", "فندق");
        return Map.copyOf(words);
    }
}
