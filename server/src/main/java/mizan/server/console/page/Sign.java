package mizan.server.console.page;

import mizan.server.console.Icon;
import mizan.server.console.words.Worded;

/// A state that is shown as a tag: its words, its tone, its sign.
public interface Sign extends Worded {
    Tone tone();

    Icon icon();
}
