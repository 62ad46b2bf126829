package mizan.core.signal;

import java.util.List;

/// What one text says.
///
/// @param signals in the order of the text
/// @param setAside what it names and does not claim, for a person to check
/// @param whole whether all of it was read; a longer text than [NewsReader#MAX_CHARS] is cut
public record Reading(List<Signal> signals, List<SetAside> setAside, boolean whole) {
    public Reading {
        signals = List.copyOf(signals);
        setAside = List.copyOf(setAside);
    }
}
