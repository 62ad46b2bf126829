/// OpenRTB over real HTTP, from stored requests.
@org.jspecify.annotations.NullMarked
package mizan.server.openrtb;
