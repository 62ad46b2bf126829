/// Makes a clean picture of whatever somebody sent: read, turned upright, made smaller and written anew, so that
/// nothing
/// of what was sent is kept but what can be seen. It runs in a process of its own, because readers of pictures have
/// been ways into servers; start at [mizan.server.picture.redraw.Redraw]. Nothing but Java is needed here.
@NullMarked
package mizan.server.picture.redraw;

import org.jspecify.annotations.NullMarked;
