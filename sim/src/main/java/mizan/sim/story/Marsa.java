package mizan.sim.story;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import mizan.core.suitability.PostContent;
import mizan.server.console.words.Lang;
import mizan.server.rating.IncomingPost;

/// The community "Marsa": people by the sea who write in Arabic and English, mostly about daily life.
public final class Marsa {
    /// One author. Names are invented.
    record Author(String handle, String name, String arabicName, String language) {}

    private static final List<Author> AUTHORS = List.of(
            new Author("@salma.eats", "Salma Al-Otaibi", "سلمى العتيبي", "ar"),
            new Author("@omarh", "Omar Haddad", "عمر حدّاد", "en"),
            new Author("@reem.reads", "Reem Saleh", "ريم صالح", "ar"),
            new Author("@danak", "Dana K.", "دانة ك.", "en"),
            new Author("@marsafc", "Marsa FC", "نادي مرسى", "en"),
            new Author("@abu.nour", "Abu Nour", "أبو نور", "ar"),
            new Author("@layla.codes", "Layla Aziz", "ليلى عزيز", "en"),
            new Author("@khaled.sea", "Khaled Al-Bahri", "خالد البحري", "ar"),
            new Author("@mona.garden", "Mona", "منى", "ar"),
            new Author("@tariq.runs", "Tariq", "طارق", "en"),
            new Author("@marsanews", "Marsa News", "أخبار مرسى", "en"),
            new Author("@akhbar.marsa", "Akhbar Marsa", "أخبار مرسى", "ar"));

    private static final List<String> ARABIC = List.of(
            "جرّبت وصفة الكبسة الجديدة اليوم والنتيجة أجمل مما توقعت، الصور في التعليقات",
            "أنهيت رواية «ساق البامبو» اليوم، ما اقتراحاتكم للقراءة التالية؟",
            "صباح الخير من الكورنيش، البحر هادئ والقهوة ساخنة",
            "زرعت الريحان والنعناع على الشرفة هذا الأسبوع ونمت أسرع مما ظننت",
            "أي تطبيق تستخدمون لتنظيم المهام؟ أبحث عن شيء بسيط بالعربية",
            "تصوير المدينة القديمة وقت الغروب متعة لا تنتهي",
            "ابنتي قرأت أول كتاب لها وحدها اليوم، لحظة لا تنسى",
            "مباراة جميلة أمس، والفريق لعب بروح عالية حتى النهاية",
            "سافرت بالقطار لأول مرة منذ سنوات، الطريق كان رائعا",
            "وصفة جدتي لخبز التنور صارت مشروعي في نهاية الأسبوع",
            "ما أفضل كاميرا للمبتدئين في تصوير الطبيعة؟",
            "حديقة الحي صارت أجمل بعد أن شارك الجميع في تنظيفها");
    private static final List<String> ENGLISH = List.of(
            "Sunrise over the corniche this morning. No filter.",
            "Full time: 2-1. What a comeback in the second half!",
            "Reviewing my three favourite travel backpacks for the winter.",
            "Baked bread with my daughter today and the whole house smells of it.",
            "What is a good first camera for someone who loves the mountains?",
            "Finished the long run by the harbour, the new shoes were worth it.",
            "The library has a new reading room and it is wonderful.",
            "Learning to play the oud at forty. My neighbours are very patient.",
            "Found a small café behind the old market with the best cardamom coffee.",
            "We painted the kids' room yellow and it feels like summer.",
            "Anyone else growing tomatoes on a balcony this year?",
            "The train to the coast is on time again and the view is still free.");
    private static final List<String> RISKY_ARABIC = List.of(
            "مقتل شخصين وإصابة آخرين في حادث على الطريق الساحلي",
            "قصف عنيف على المدينة وسقوط عشرات القتلى والجرحى",
            "ضبط شحنة مخدرات كبيرة في الميناء واعتقال المتورطين",
            "نقاش حاد حول قانون الانتخابات الجديد والأحزاب");
    private static final List<String> RISKY_ENGLISH = List.of(
            "Two people injured after a collision on the coastal road; traffic is moving again.",
            "Dozens killed in an overnight air strike on the city, officials say.",
            "Police seize cocaine and weapons in the harbour; three arrested.",
            "The election debate turned bitter tonight as both parties traded accusations.");
    private static final List<String> TOPICS =
            List.of("food", "books", "photography", "travel", "sports", "family", "technology", "garden");

    private final RandomGenerator random;
    private int written;

    public Marsa(RandomGenerator random) {
        this.random = random;
    }

    /// The next post somebody writes.
    ///
    /// @param risky the share of posts that are about violence, crime or a bitter debate, 0 to 1
    public IncomingPost write(double risky) {
        return write("p_" + ++written, risky);
    }

    /// The same under an id of the caller's.
    public IncomingPost write(String id, double risky) {
        boolean arabic = random.nextInt(10) < 6;
        boolean bad = random.nextDouble() < risky;
        var texts = arabic ? (bad ? RISKY_ARABIC : ARABIC) : (bad ? RISKY_ENGLISH : ENGLISH);
        var authors = AUTHORS.stream()
                .filter(a -> a.language().equals(arabic ? "ar" : "en"))
                .toList();
        var news = authors.getLast();
        var author = bad ? news : authors.get(random.nextInt(authors.size() - 1));
        var topics = bad ? Set.of("news") : Set.of(TOPICS.get(random.nextInt(TOPICS.size())));
        return post(id, author.handle(), texts.get(random.nextInt(texts.size())), topics);
    }

    /// A post as the platform sends it.
    public static IncomingPost post(String id, String handle, String text, Set<String> topics) {
        return new IncomingPost(
                id, List.of(handle), Optional.empty(), Optional.of("marsa"), topics, PostContent.of(text), true);
    }

    /// The name behind a handle, for showing it.
    static String nameOf(String handle, Lang lang) {
        return AUTHORS.stream()
                .filter(a -> a.handle().equals(handle))
                .map(a -> lang == Lang.AR ? a.arabicName() : a.name())
                .findFirst()
                .orElse(handle);
    }

    List<IncomingPost> writeMany(int count, double risky) {
        var posts = new ArrayList<IncomingPost>();
        for (int i = 0; i < count; i++) {
            posts.add(write(risky));
        }
        return posts;
    }
}
