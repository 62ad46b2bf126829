package mizan.bench;

import java.util.Arrays;

/// The peer: every campaign read one after the other, each rule in turn, done at the first that fails. What a
/// careful programmer writes first.
final class MtwScan {
    private MtwScan() {}

    static boolean matches(Mtw.Campaign c, Mtw.Event e) {
        if (c.country().length > 0 && !has(c.country(), e.country())) {
            return false;
        }
        if (c.language().length > 0 && !has(c.language(), e.language())) {
            return false;
        }
        if (c.device().length > 0 && !has(c.device(), e.device())) {
            return false;
        }
        if (c.age().length > 0 && (e.age() < c.age()[0] || e.age() > c.age()[1])) {
            return false;
        }
        if (c.placement().length > 0 && !has(c.placement(), e.placement())) {
            return false;
        }
        if (c.hours().length > 0 && !c.hours()[e.hour()]) {
            return false;
        }
        if (c.interest().length > 0 && !any(c.interest(), e.interest())) {
            return false;
        }
        if (c.segment().length > 0 && !any(c.segment(), e.segment())) {
            return false;
        }
        if (c.keyword().length > 0 && !any(c.keyword(), e.keyword())) {
            return false;
        }
        return !any(c.noSegment(), e.segment())
                && !any(c.exCat(), e.cat())
                && !any(c.exKeyword(), e.keyword())
                && !any(c.exAuthor(), e.author());
    }

    private static boolean has(int[] ascending, int value) {
        return Arrays.binarySearch(ascending, value) >= 0;
    }

    private static boolean any(int[] a, int[] b) {
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            if (a[i] == b[j]) {
                return true;
            }
            if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        return false;
    }
}
