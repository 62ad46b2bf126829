package mizan.server.console;

/// The drawn signs of the console: outlines in a box of 24 by 24. A sign never stands alone; a word goes
/// with it.
public enum Icon {
    BACK("M4 10h10a5 5 0 0 1 0 10h-3M4 10l4.5-4.5M4 10l4.5 4.5"),
    BELL("M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15L6 16Zm4 4.5a2 2 0 0 0 4 0"),
    CAMPAIGN("M4 10v4l11 5V5L4 10Zm0 0H3v4h1M7 15.5V20h3v-3M19 9a4 4 0 0 1 0 6"),
    CHECK("M4.5 12.5 10 18 20 6.5"),
    CHEVRON("M9 5l7 7-7 7"),
    CLOCK("M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l3.5 2"),
    CODE("M8 7l-5 5 5 5M16 7l5 5-5 5M14 4l-4 16"),
    CROSS("M6 6l12 12M18 6 6 18"),
    DESK("M4 20V4M4 20h16M8 16v-5M12 16V8M16 16v-8"),
    DOCUMENT("M6 3h8l4 4v14H6V3Zm8 0v4h4"),
    DOWN("M12 5v14M5.5 12.5 12 19l6.5-6.5"),
    FLAG("M5 21V4M5 4h12l-2.5 4L17 12H5"),
    GLOBE(
            "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3 12h18M12 3c3 3 3.5 6 3.5 9s-.5 6-3.5 9c-3-3-3.5-6-3.5-9s.5-6 3.5-9Z"),
    HEART("M12 20S3.5 14.8 3.5 8.8A4.3 4.3 0 0 1 12 7.4a4.3 4.3 0 0 1 8.5 1.4C20.5 14.8 12 20 12 20Z"),
    INFO("M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-10v6M12 7.5v.1"),
    LEDGER("M5 4h12a2 2 0 0 1 2 2v14H7a2 2 0 0 1-2-2V4Zm0 14a2 2 0 0 1 2-2h12M9 8h6"),
    LEAVE("M10 4H5v16h5M9 12h12M17 8l4 4-4 4"),
    LOCK("M6 11h12v9H6v-9Zm2.5 0V8a3.5 3.5 0 0 1 7 0v3"),
    MOON("M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z"),
    PAUSE("M8 5v14M16 5v14"),
    PEOPLE(
            "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM3 20c0-3.5 2.6-6 6-6s6 2.5 6 6M16 5.5a3 3 0 0 1 0 5.3M18 14.6c1.8.8 3 2.7 3 5.4"),
    PLAY("M7 4.5v15l12-7.5-12-7.5Z"),
    PLUS("M12 5v14M5 12h14"),
    PRINT("M7 8V3h10v5M7 17H4v-7h16v7h-3M7 14h10v7H7v-7Z"),
    REPLY("M4 5h16v11H10l-5 4v-4H4V5Z"),
    REPOST("M4 12V9a3 3 0 0 1 3-3h12M16 3l3 3-3 3M20 12v3a3 3 0 0 1-3 3H5M8 21l-3-3 3-3"),
    SEARCH("M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm9 2-4-4"),
    SHIELD("M12 3l8 3v6c0 4.6-3.3 8-8 9-4.7-1-8-4.4-8-9V6l8-3Zm-3.5 9 2.5 2.5 4.5-5"),
    UP("M12 19V5M5.5 11.5 12 5l6.5 6.5"),
    WARNING("M12 4 2.5 20h19L12 4Zm0 6v5M12 17.6v.1");

    private final String path;

    Icon(String path) {
        this.path = path;
    }

    /// The `d` of its SVG path.
    public String path() {
        return path;
    }
}
