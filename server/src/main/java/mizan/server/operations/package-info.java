/// What an operator watches: figures of the running process.
@NullMarked
package mizan.server.operations;

import org.jspecify.annotations.NullMarked;
