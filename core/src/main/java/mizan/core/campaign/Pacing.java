package mizan.core.campaign;

/// How a budget is spread over its time.
public enum Pacing {
    EVEN,
    ASAP,
    FRONT_LOADED
}
